"""A folder an Azure service, all of one shape: routes, handlers, model."""
