"""What one learner did: the event store and everything derived from it."""
