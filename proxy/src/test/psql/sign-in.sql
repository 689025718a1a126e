select 'signed in';
