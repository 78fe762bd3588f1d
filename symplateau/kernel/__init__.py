"""The trusted kernel: it reads a certificate and returns the statement that the certificate proves, or
rejects it.

It imports the standard library and itself only. `certificate.check` is the way in, CERTIFICATE.md the
specification.
"""
