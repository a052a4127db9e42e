"""`make bench`: the platform beside what others build with, as ratios from interleaved rounds in one run."""
