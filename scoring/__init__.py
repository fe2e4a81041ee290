"""What the answers mean: pure functions of a questionnaire, a target, answers and a rule set."""
