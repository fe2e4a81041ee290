"""Who people are, what they may do, and how they prove who they are: pure, without a database or a request."""
