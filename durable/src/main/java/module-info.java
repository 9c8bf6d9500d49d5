/** Workers whose calls and callbacks survive the death of their process. */
module dev.aikit.durable {
    requires static org.jspecify;
    requires transitive dev.aikit;
    requires transitive java.sql;
    requires org.xerial.sqlitejdbc;

    exports dev.aikit.durable;
}
