"""The API kit: errors, paging, authentication. Each room brings its router."""
