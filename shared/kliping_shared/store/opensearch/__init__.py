"""The store on OpenSearch: schema, setup and reindexing, writer, reader."""
