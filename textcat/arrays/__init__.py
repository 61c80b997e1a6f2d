"""Arrays that stand for what is read a million times: texts, sparse rows, rows of any length."""
