"""Local learning on one party's users: the models and the ranking metrics. No SecretFlow, no Qt in here."""
