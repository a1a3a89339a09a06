// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * An ability that some models have and others do not.
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
	 * The capabilities of an endpoint that sets none: everything but {@link #PREFILL}.
	 */
	public static final Set<Capability> DEFAULTS = Collections
		.unmodifiableSet(EnumSet.complementOf(EnumSet.of(PREFILL)));

}
