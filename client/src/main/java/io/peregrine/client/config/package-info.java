/**
 * Settings: what each is called, holds and means stands in one place, and from there come its resolution (builder,
 * properties file, environment, system property, in order of rising strength), its errors and its reference page.
 * Used once, while a context is concluded; no thread of its own. Imports the JDK and Agrona only.
 */
package io.peregrine.client.config;
