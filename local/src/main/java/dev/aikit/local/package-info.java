/**
 * An OpenAI-compatible server that runs real models inside the JVM, on a loopback port and without a key.
 *
 * <p>{@link dev.aikit.local.LocalServer#start()} is all that is needed; its {@linkplain dev.aikit.local.LocalServer#baseURL()
 * base URL} goes into the configuration of a client.
 */
@NullMarked
package dev.aikit.local;

import org.jspecify.annotations.NullMarked;
