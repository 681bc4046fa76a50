package io.peregrine.perf.house;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * What import control cannot see, as it looks at one file at a time.
 */
@Tag("long")
class CyclesTest
{
    @Test
    void shouldHaveNoCycleBetweenPackages()
    {
        slices().matching("io.peregrine.(**)").should().beFreeOfCycles().check(new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.peregrine.perf"));
    }
}
