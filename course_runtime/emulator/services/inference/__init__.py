"""The scoring hosts of online endpoints: who may ask, which deployment answers, and Azure's words around it."""
