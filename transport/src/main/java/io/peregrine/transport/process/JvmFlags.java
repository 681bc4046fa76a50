package io.peregrine.transport.process;

/**
 * The flags that the JVM must have been started with: Agrona's buffers reach into the JDK, and fail on their first use
 * without.
 */
public final class JvmFlags
{
    /**
     * What has to stand on the command line of a process that embeds a node or a client.
     */
    public static final String REQUIRED = "--add-exports java.base/jdk.internal.misc=ALL-UNNAMED";

    private static final String PACKAGE = "jdk.internal.misc";

    private JvmFlags()
    {
    }

    /**
     * Call this before any Agrona class is touched.
     *
     * @throws StartupException that names the flags that are missing.
     */
    public static void check()
    {
        if (!Object.class.getModule().isExported(PACKAGE, moduleOfAgrona()))
        {
            throw new StartupException(
                "the JVM was started without: " + REQUIRED + System.lineSeparator() +
                "Add it to the java command or to JDK_JAVA_OPTIONS, before -jar or the main class " +
                "(an executable jar may say instead, in its manifest, Add-Exports: java.base/" + PACKAGE + ").");
        }
    }

    private static Module moduleOfAgrona()
    {
        try
        {
            return Class.forName("org.agrona.UnsafeApi", false, JvmFlags.class.getClassLoader()).getModule();
        }
        catch (final ClassNotFoundException ex)
        {
            throw new StartupException("Agrona is not on the class path: " + ex.getMessage(), ex);
        }
    }
}
