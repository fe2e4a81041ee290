"""Speed as ratios: Plumbline beside a bare handler, on the same machine in the same run (`make bench`)."""
