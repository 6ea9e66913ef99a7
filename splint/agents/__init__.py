"""Tools for agents: payloads in, facts, patches and questions out. Nothing here sends, writes, or reads a token.

`server` speaks the Model Context Protocol with the extra `mcp`, which nothing else imports. May be imported by `cli`
alone.
"""
