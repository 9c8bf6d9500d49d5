package dev.aikit.internal.netty;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Looks names up off the loop; those who ask for one name at the same time share one look-up. */
final class Names {
    /** Hears of one look-up, on the loop. */
    interface Answer {
        void found(InetAddress[] addresses);

        void unknown(UnknownHostException why);
    }

    private final Executor threads;
    private final Executor loop;
    private final Map<String, List<Answer>> asked = new HashMap<>();
    /** The host for which no look-up was needed last, and its addresses: a program has one, and opens many connections. */
    private @Nullable String lastHost;

    private InetAddress[] lastKnown = {};

    Names(Executor threads, Executor loop) {
        this.threads = threads;
        this.loop = loop;
    }

    /** Answers at once, in place, where no look-up is needed. */
    void lookUp(String host, Answer answer) {
        InetAddress[] known = known(host);
        if (known != null) {
            answer.found(known);
            return;
        }
        List<Answer> others = asked.get(host);
        if (others != null) {
            others.add(answer);
            return;
        }
        asked.put(host, new ArrayList<>(List.of(answer)));
        try {
            threads.execute(() -> ask(host));
        } catch (OutOfMemoryError noMoreThreads) {
            tell(host, new InetAddress[0], unknown(host, noMoreThreads));
        }
    }

    private InetAddress @Nullable [] known(String host) {
        if (host.equals(lastHost)) return lastKnown;
        InetAddress[] known = withoutLookUp(host);
        if (known == null) return null;
        lastHost = host;
        return lastKnown = known;
    }

    private static InetAddress @Nullable [] withoutLookUp(String host) {
        try {
            // A name below localhost is this machine by RFC 6761; servers listen on one address or the other.
            if (host.equals("localhost") || host.endsWith(".localhost"))
                return new InetAddress[] {
                    InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}),
                    InetAddress.getByAddress(host, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1})
                };
            return isAddress(host) ? InetAddress.getAllByName(host) : null;
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }

    /** Whether the JDK reads this as an address, so that it asks nobody. */
    static boolean isAddress(String host) {
        if (host.indexOf(':') >= 0) return true;
        String[] parts = host.split("\\.", -1);
        if (parts.length != 4) return false;
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3) return false;
            for (int i = 0; i < part.length(); i++) if (part.charAt(i) < '0' || part.charAt(i) > '9') return false;
            if (Integer.parseInt(part) > 255) return false;
        }
        return true;
    }

    private void ask(String host) {
        InetAddress[] found = {};
        UnknownHostException why = null;
        try {
            found = InetAddress.getAllByName(host);
        } catch (UnknownHostException error) {
            why = error;
        } catch (RuntimeException | Error error) {
            why = unknown(host, error);
        }
        InetAddress[] addresses = found;
        UnknownHostException unknown = why;
        loop.execute(() -> tell(host, addresses, unknown));
    }

    private static UnknownHostException unknown(String host, Throwable why) {
        UnknownHostException unknown = new UnknownHostException(host);
        unknown.initCause(why);
        return unknown;
    }

    private void tell(String host, InetAddress[] addresses, @Nullable UnknownHostException unknown) {
        List<Answer> answers = asked.remove(host);
        if (answers == null) return;
        for (Answer answer : answers) {
            if (unknown != null) answer.unknown(unknown);
            else answer.found(addresses);
        }
    }
}
