package dev.aikit;

import java.net.URI;
import java.util.Set;

/**
 * What a call sent: for logs and for tests.
 *
 * @param function the kit's name of the function, such as "chat.completions.create"
 * @param method the HTTP method
 * @param uri the address, without user information, and with stars in the place of keys and signatures
 * @param headerNames the names of the headers; their values are not kept, because keys are among them
 * @param bodyBytes the length of the body; -1 for one that is read while it is sent
 */
public record OpenAIRequest(String function, String method, URI uri, Set<String> headerNames, long bodyBytes) {}
