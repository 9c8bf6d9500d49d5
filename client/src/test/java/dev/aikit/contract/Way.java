package dev.aikit.contract;

/** The three ways to make a call. */
enum Way {
    WAITING,
    ASYNCHRONOUS,
    STREAMING
}
