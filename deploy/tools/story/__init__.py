"""The whole story, played through the gateway as the people of it would: what `commonthread demo` shows and the
end-to-end tests check."""
