"""Makes the project's blank forms: a Word original and a fillable PDF of each, and the samples for `skjemaflyt demo`.

    python -m tools.blank_forms

The words and tables of each form stand in `forms/*.xml`; the invented people of the samples in `samples.toml`.
"""
