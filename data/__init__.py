"""What the starter model is made from, installed as `textcat.starter.data`; see README.md."""
