/** The transport, on Netty: HTTP/1.1 and HTTP/2, TLS, proxies, and a pool of connections for each origin and loop. */
@NullMarked
package dev.aikit.internal.netty;

import org.jspecify.annotations.NullMarked;
