package io.peregrine.transport.guard;

import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.File;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;

/**
 * The table of cut links of this process: none, unless the system property {@value #PROPERTY} named a file when the
 * process was started. It is no setting, so that nothing but the command line of the process can ask for it.
 */
public final class CutLinks implements AutoCloseable
{
    /**
     * Names the file with the table.
     */
    public static final String PROPERTY = "peregrine.verify.cuts";

    private static final CutTable OF_PROCESS = ofProcess(System.getProperty(PROPERTY));

    private final MappedByteBuffer mapped;
    private final CutTable table;

    /**
     * Make a file with a table in which nothing is cut, for a process that is started later.
     *
     * @param path of the file, which is not there yet.
     */
    public CutLinks(final Path path)
    {
        mapped = IoUtil.mapNewFile(path.toFile(), CutTable.LENGTH);
        table = new CutTable(new UnsafeBuffer(mapped));
    }

    /**
     * To write to.
     *
     * @return the table.
     */
    public CutTable table()
    {
        return table;
    }

    @Override
    public void close()
    {
        IoUtil.unmap(mapped);
    }

    /**
     * Of this process.
     *
     * @return the table, or null where nothing can be cut.
     */
    static CutTable ofProcess()
    {
        return OF_PROCESS;
    }

    /**
     * The file stays mapped for as long as the process lives.
     */
    private static CutTable ofProcess(final String file)
    {
        return file == null ?
            null : new CutTable(new UnsafeBuffer(IoUtil.mapExistingFile(new File(file), "table of cut links")));
    }
}
