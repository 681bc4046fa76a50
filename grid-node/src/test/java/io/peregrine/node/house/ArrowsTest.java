package io.peregrine.node.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * What import control cannot see, as it reads imports only: cycles, and names written in full.
 */
@Tag("long")
class ArrowsTest
{
    private static JavaClasses classes;

    @BeforeAll
    static void read()
    {
        classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.peregrine");
    }

    @Test
    void shouldHaveNoCycleBetweenPackages()
    {
        slices().matching("io.peregrine.(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void shouldReadNoClockAndStartNoThreadInWhatASimulatorDrives()
    {
        final ArchRule rule = noClasses()
            .that().resideInAnyPackage(
                "io.peregrine.storage..", "io.peregrine.node.control..", "io.peregrine.node.partition..")
            .should().callMethod(System.class, "nanoTime")
            .orShould().callMethod(System.class, "currentTimeMillis")
            .orShould().callMethod(Thread.class, "start")
            .orShould().dependOnClassesThat().resideInAnyPackage("java.time..", "java.net..", "io.aeron..");
        rule.check(classes);
    }

    @Test
    void shouldKeepTheStoreApartFromTheApiAndTheNode()
    {
        noClasses().that().resideInAPackage("io.peregrine.storage..")
            .should().dependOnClassesThat()
            .resideInAnyPackage("io.peregrine.client..", "io.peregrine.transport..", "io.peregrine.node..")
            .check(classes);
        noClasses().that().resideInAPackage("io.peregrine.client..")
            .should().dependOnClassesThat()
            .resideInAnyPackage("io.peregrine.storage..", "io.peregrine.node..")
            .check(classes);
    }
}
