/** A scripted server on a real socket, a clock that tests move, and recordings of real servers. */
module dev.aikit.testkit {
    requires static org.jspecify;
    requires static transitive org.junit.jupiter.api;
    requires com.fasterxml.jackson.jr.ob;
    requires java.net.http;

    exports dev.aikit.testkit;
}
