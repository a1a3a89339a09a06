// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

/**
 * Where the name of a model in options comes from.
 */
enum ModelOrigin {

	/** Only the application can have set it. */
	APPLICATION,

	/** The application, or the class of a provider's options. */
	OPTIONS_OF_PROVIDER,

	/** It is the name that options of that class have if nothing is set. */
	DEFAULT_OF_PROVIDER

}
