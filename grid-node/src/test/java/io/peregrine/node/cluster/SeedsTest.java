package io.peregrine.node.cluster;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SeedsTest
{
    @Test
    void shouldKnowEachSeedByItsName()
    {
        final Seeds seeds = Seeds.parse("a=one:9000, b=two:9000,c=three:9000");
        assertEquals(3, seeds.count());
        assertEquals(1, seeds.indexOf("b"));
        assertEquals(-1, seeds.indexOf("d"));
        assertEquals("0=one:9001,1=two:9001,2=three:9001", seeds.ingress());
        assertEquals("one:9002,three:9002", seeds.consensusEndpoints(1));
    }

    @Test
    void shouldTellSeedsApartThatAreConfiguredOtherwise()
    {
        final Seeds seeds = Seeds.parse("a=h:9000,b=h:9010,c=h:9020");
        assertEquals(seeds.hash("g"), Seeds.parse("a=h:9000,b=h:9010,c=h:9020").hash("g"));
        assertNotEquals(seeds.hash("g"), Seeds.parse("b=h:9010,a=h:9000,c=h:9020").hash("g"));
        assertNotEquals(seeds.hash("g"), seeds.hash("other"));
    }

    @Test
    void shouldRefuseSeedsThatCannotBe()
    {
        refused("a=h:9000,b=h:9010", "name one, three or five");
        refused("a=h:9000,b=h:9010,c=h:9020,d=h:9030", "name one, three or five");
        refused("a=h:9000,a=i:9010,c=h:9020", "named twice");
        refused("a=h:9000,b=h:9005,c=h:9020", "two seeds would use h:9005");
        refused("a=h:65531", "needs 6 ports");
        refused("h:9000", "write NAME=HOST:PORT");
        refused("a=h", "write NAME=HOST:PORT");
        refused("a=h:9000,", "write NAME=HOST:PORT");
        assertNull(Seeds.against(""));
        assertNull(Seeds.against("a=h:65530"));
        assertNotNull(Seeds.against("a=h:0"));
    }

    private static void refused(final String text, final String why)
    {
        final String message =
            assertThrows(IllegalArgumentException.class, () -> Seeds.parse(text)).getMessage();
        assertTrue(message.contains(why), message);
    }
}
