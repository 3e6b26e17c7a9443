"""The worker: claims duties under leases and does them, beside the web or apart from it. A duty is a service."""
