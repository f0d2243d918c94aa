"""From an untrusted spreadsheet to judged rows: `files.read` → `headings.guess` → `rows.parse` → `matching.judge`. Writes nothing."""
