"""What the client knows, by topic, without Qt: :mod:`~client_gui.state.client_state` conducts."""
