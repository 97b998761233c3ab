"""The register's migrations, run by ``Store.upgrade``.

A change of a table is a new file in ``versions/`` (``r0002_<what>.py``), written with ``op.batch_alter_table``, and the head in
``pipeline/store/_upgrade.py``. A migration never imports the tables: it says what they were when it was written.
"""
