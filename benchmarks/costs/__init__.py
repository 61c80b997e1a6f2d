"""What answers cost: time, memory, disk. Every figure comes from a process of its own."""
