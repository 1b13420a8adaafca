"""How a round goes: NewFLModel, the parties' workers, the server, and how SecretFlow is started for them."""
