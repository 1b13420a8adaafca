"""The course of a round: NewFLModel, the parties' workers, the server, and how SecretFlow is started for them."""
