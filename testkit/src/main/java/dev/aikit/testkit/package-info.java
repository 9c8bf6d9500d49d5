/**
 * For tests of programs that call OpenAI-compatible APIs, with whatever client. {@link ScriptedServer} answers as it is told, {@link Faults} are
 * the ways in which servers fail, {@link ManualClock} is time that a test moves, {@link Recorder} and {@link Replay} keep what a
 * real server said.
 */
@NullMarked
package dev.aikit.testkit;

import org.jspecify.annotations.NullMarked;
