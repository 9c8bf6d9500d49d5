package dev.aikit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may know which. */
@AnalyzeClasses(
        packages = "dev.aikit",
        importOptions = {ImportOption.DoNotIncludeTests.class, PackagesTest.NoTestKit.class})
class PackagesTest {
    static final class NoTestKit implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("dev/aikit/testkit/");
        }
    }

    @ArchTest
    static final ArchRule jsonKnowsNothingElseOfOurs = noClasses()
            .that()
            .resideInAPackage("dev.aikit.json..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.aikit", "dev.aikit.chat..", "dev.aikit.files..", "dev.aikit.models..", "dev.aikit.internal..");

    @ArchTest
    static final ArchRule nettyStaysBehindTheTransport = noClasses()
            .that()
            .resideOutsideOfPackage("dev.aikit.internal.netty..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..");

    @ArchTest
    static final ArchRule jacksonStaysBehindJson = noClasses()
            .that()
            .resideOutsideOfPackage("dev.aikit.json..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule onlyTheClientChoosesTheTransport = classes()
            .that()
            .resideInAPackage("dev.aikit.internal.netty..")
            .should()
            .onlyBeAccessed()
            .byClassesThat(resideInAPackage("dev.aikit.internal.netty..").or(type(OpenAI.class)));

    @ArchTest
    static final ArchRule theEngineKnowsNoFunction = noClasses()
            .that()
            .resideInAnyPackage("dev.aikit.internal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.aikit.chat..", "dev.aikit.files..", "dev.aikit.images..", "dev.aikit.models..");

    @ArchTest
    static final ArchRule theEngineKnowsNoTransport = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.aikit.internal.call..",
                    "dev.aikit.internal.http..",
                    "dev.aikit.internal.pieces..",
                    "dev.aikit.internal.sse..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.aikit.internal.netty..");

    @ArchTest
    static final ArchRule theParserOfEventsStandsAlone = classes()
            .that()
            .resideInAPackage("dev.aikit.internal.sse..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.aikit.internal", "dev.aikit.internal.sse..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule functionsDoNotKnowEachOther =
            slices().matching("dev.aikit.(chat|files|images|models)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule theInsidesDependOnEachOtherInOneDirection =
            slices().matching("dev.aikit.internal.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noLoggingFrameworkAndNoConsole = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.slf4j..", "org.apache.logging..", "java.util.logging..", "kotlin..");
}
