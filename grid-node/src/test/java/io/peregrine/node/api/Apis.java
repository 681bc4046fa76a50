package io.peregrine.node.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.peregrine.client.ErrorCode;
import io.peregrine.client.GridException;
import org.junit.jupiter.api.function.Executable;

/**
 * What tests of the API share.
 */
final class Apis
{
    private Apis()
    {
    }

    static <T extends GridException> T assertThrowsCode(
        final Class<T> kind, final ErrorCode code, final Executable call)
    {
        final T ex = assertThrows(kind, call);
        assertEquals(code, ex.code(), ex.getMessage());
        return ex;
    }
}
