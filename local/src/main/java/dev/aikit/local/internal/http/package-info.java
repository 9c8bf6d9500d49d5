/** HTTP on a loopback port, by Netty. */
@NullMarked
package dev.aikit.local.internal.http;

import org.jspecify.annotations.NullMarked;
