package dev.aikit.cli.doctor;

/** One thing to find out about a server, with a small call. */
interface Probe {
    Finding look(Patient patient) throws InterruptedException;
}
