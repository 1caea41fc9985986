-- Where the tests' handlers leave what they did.
CREATE TABLE effect (subject text NOT NULL)
