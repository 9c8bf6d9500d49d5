/** Workers whose calls and callbacks survive the death of their process. */
module dev.aikit.durable {
    requires static org.jspecify;
    requires transitive dev.aikit;
    requires transitive java.sql;
    requires de.siegmar.fastcsv;
    requires org.xerial.sqlitejdbc;

    exports dev.aikit.durable;
    exports dev.aikit.durable.batch;
    exports dev.aikit.durable.internal to
            dev.aikit; // results are made by their class
}
