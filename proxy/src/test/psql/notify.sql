listen bell;
notify bell, 'rung';
select 1;
