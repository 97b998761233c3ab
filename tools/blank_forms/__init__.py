"""Makes the blank forms, a Word original and a fillable PDF of each, and the samples of `skjemaflyt demo`.

    python -m tools.blank_forms

The words and tables of each form stand in `forms/*.xml`, the samples' invented people in `samples.toml`.
"""
