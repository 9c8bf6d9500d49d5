package dev.aikit.examples;

/** Returns from main right after the call: the program stays until its callback has run, and ends then. */
public final class FireAndForget {
    private FireAndForget() {}

    /** Makes a call, and returns. */
    public static void main(String... arguments) {
        LocalModels.client()
                .models()
                .list(p ->
                        p.formula(result -> System.out.println("called back after main returned: " + result.models())));
        System.out.println("main returns");
    }
}
