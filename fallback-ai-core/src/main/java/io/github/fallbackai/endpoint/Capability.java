package io.github.fallbackai.endpoint;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Something that an endpoint's model can do and others cannot.
 */
public enum Capability {

	/** It calls tools. */
	TOOLS,

	/** It looks at images. */
	VISION,

	/** It follows a JSON schema. */
	JSON_SCHEMA,

	/** It goes on with a partial answer that is sent as the last message. */
	PREFILL;

	/**
	 * What an endpoint is taken to be capable of unless configured: everything but
	 * {@link #PREFILL}.
	 */
	public static final Set<Capability> DEFAULTS = Collections
		.unmodifiableSet(EnumSet.complementOf(EnumSet.of(PREFILL)));

}
