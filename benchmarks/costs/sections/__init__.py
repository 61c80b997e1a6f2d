"""The sections of the document that are about textcat alone."""
