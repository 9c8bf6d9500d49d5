package dev.aikit.chat;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a method one that a model may ask for: see {@link OpenAIChatHelper#registerTools(Object)}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Tool {
    /** What the method does, for the model. */
    String value();

    /** The tool's name; by default the method's. */
    String name() default "";

    /** The names of the parameters; by default those in the class file, where {@code javac -parameters} puts them. */
    String[] parameters() default {};
}
